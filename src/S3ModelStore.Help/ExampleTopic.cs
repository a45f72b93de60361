namespace S3ModelStore.Help;

/// <summary>One example: what to type, and what comes of it.</summary>
internal sealed record ExampleTopic(string Title, string Code, IReadOnlyList<string> Remarks);
