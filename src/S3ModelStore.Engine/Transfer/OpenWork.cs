namespace S3ModelStore.Engine.Transfer;

/// <summary>Take a file's lock, look at what is there, and queue what is missing.</summary>
/// <param name="FileIndex">In the plan.</param>
/// <param name="Id">See <see cref="Storage.StateDirectory.IdOf"/>.</param>
internal sealed record OpenWork(int FileIndex, string Id) : WorkItem;
