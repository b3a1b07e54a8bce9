"""Two prompt sets over the same bundles: what a change of prompts did, beyond their own noise."""
