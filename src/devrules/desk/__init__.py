"""
The desk: takes commands, keeps a journal of what was done, and tells those who are to hear of it.

It is a shell around the functional core (:mod:`devrules.process` decides), and reaches the world through two small
ports, :class:`devrules.desk.ports.Store` and :class:`devrules.desk.ports.Notifier`.
"""
