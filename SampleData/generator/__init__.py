"""Makes the sample December batch and the small cases. Standard library only; the same bytes every time."""
