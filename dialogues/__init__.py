"""How a partnership begins: dialogues with civil society, written down as they are held."""
