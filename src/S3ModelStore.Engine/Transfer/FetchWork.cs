namespace S3ModelStore.Engine.Transfer;

/// <summary>Fetch a part.</summary>
internal sealed record FetchWork(FileTransfer File, long Offset, long Length) : FileWork(File);
