namespace S3ModelStore.Help;

/// <summary>A type that a cmdlet takes or writes.</summary>
internal sealed record TypeTopic(string Name, IReadOnlyList<string> Description);
