"""The few things every page may hear about."""

from PySide6.QtCore import QObject, Signal


class Bus(QObject):
    """Facts told across the window; signals carry plain data, never widgets."""

    # Kinds of things a write touched: businesses, drafts, outbox, cases, files, settings, duties.
    changed = Signal(frozenset)
    # A sentence for the notice line, and its tone: ok, info, warn, bad.
    notice = Signal(str, str)
    # online, no-network, captive-portal, server-down, logged-out or off; and how many wait to be sent.
    connectivity = Signal(str, int)
    # Something was written to the store just now.
    saved = Signal()
    language_changed = Signal(str)
    theme_changed = Signal()
    # The profile asked for: real or practice.
    profile_wanted = Signal(str)
    lock_wanted = Signal()
    # A backup to put in place of the open profile: its path and the recovery code, which may be empty.
    restore_wanted = Signal(str, str)
