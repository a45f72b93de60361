namespace S3ModelStore.Engine.Transfer;

/// <summary>Something a worker can do for an open file.</summary>
internal abstract record FileWork(FileTransfer File) : WorkItem;
