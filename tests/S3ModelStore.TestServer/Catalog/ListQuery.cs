namespace S3ModelStore.TestServer.Catalog;

/// <summary>What a listing asks for. A resume point is the last entry of the page before.</summary>
internal sealed record ListQuery(string Prefix, string Delimiter, string StartAfter, ListResumePoint? Resume, int MaxKeys);
