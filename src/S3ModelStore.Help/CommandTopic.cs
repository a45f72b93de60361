namespace S3ModelStore.Help;

/// <summary>The help of one cmdlet. Texts are paragraphs of plain text.</summary>
internal sealed record CommandTopic
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Synopsis { get; init; }

    public required IReadOnlyList<string> Description { get; init; }

    public required IReadOnlyList<ParameterTopic> Parameters { get; init; }

    public required IReadOnlyList<ExampleTopic> Examples { get; init; }

    public required IReadOnlyList<TypeTopic> Inputs { get; init; }

    public required IReadOnlyList<TypeTopic> Outputs { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<LinkTopic> Links { get; init; }
}
