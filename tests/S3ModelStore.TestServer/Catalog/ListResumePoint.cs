namespace S3ModelStore.TestServer.Catalog;

/// <summary>The last entry of a page: a key, or a common prefix of which every key has been told.</summary>
internal sealed record ListResumePoint(string Entry, bool IsCommonPrefix);
