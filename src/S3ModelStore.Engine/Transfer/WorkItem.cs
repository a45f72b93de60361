namespace S3ModelStore.Engine.Transfer;

/// <summary>Something a worker can do.</summary>
internal abstract record WorkItem;
