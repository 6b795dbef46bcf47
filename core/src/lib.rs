//! Ticket-to-cash core.
