namespace S3ModelStore.Engine.Source;

/// <summary>An object as the store knows it. ETag without quotes, size in bytes.</summary>
internal sealed record StoredObject(string Key, long Size, string ETag, DateTimeOffset LastModified, string? StorageClass, string? VersionId);
