"""Response and remission at the scheduled weeks."""
