namespace S3ModelStore.Help;

/// <summary>Where to read on; a file of this documentation is named by its topic alone.</summary>
internal sealed record LinkTopic(string Text, string? Url);
