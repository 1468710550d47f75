"""Settings, addresses and start-up checks of the site."""
