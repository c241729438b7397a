"""What can be told of rules without judging anybody: pages, what cases cover, the lock, what changed."""
