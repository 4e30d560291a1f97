"""What a run leaves behind: tables, a manifest that vouches for them, and questions to both."""
