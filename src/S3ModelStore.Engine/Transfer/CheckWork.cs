using S3ModelStore.Engine.Storage;

namespace S3ModelStore.Engine.Transfer;

/// <summary>Read a recorded part again and compare its CRC.</summary>
internal sealed record CheckWork(FileTransfer File, JournalPart Part) : FileWork(File);
