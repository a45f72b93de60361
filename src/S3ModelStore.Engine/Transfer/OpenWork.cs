namespace S3ModelStore.Engine.Transfer;

/// <summary>Take a file's lock, look at what is there, and queue what is missing.</summary>
internal sealed record OpenWork(int FileIndex) : WorkItem;
