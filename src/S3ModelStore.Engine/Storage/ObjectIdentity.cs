namespace S3ModelStore.Engine.Storage;

/// <summary>Which bytes a partial file holds. Two equal identities are the same bytes.</summary>
/// <param name="Endpoint">Where they come from, without credentials.</param>
/// <param name="Bucket">Bucket.</param>
/// <param name="Key">Key, literal.</param>
/// <param name="ETag">Without quotes.</param>
/// <param name="Version">Version id, or <see langword="null"/> for the current one.</param>
/// <param name="Size">Bytes.</param>
internal sealed record ObjectIdentity(string Endpoint, string Bucket, string Key, string ETag, string? Version, long Size);
