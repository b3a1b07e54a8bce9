"""Many bundles: found, looked at, worked through side by side, accounted for."""
