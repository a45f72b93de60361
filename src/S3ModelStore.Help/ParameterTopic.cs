namespace S3ModelStore.Help;

/// <summary>One parameter: its words, and how it binds as the block of facts below them says.</summary>
internal sealed record ParameterTopic
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>Short, as <c>String[]</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Empty: all of them.</summary>
    public required IReadOnlyList<string> Sets { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    public required IReadOnlyList<string> AcceptedValues { get; init; }

    public required bool Required { get; init; }

    /// <summary>A number or <c>named</c>.</summary>
    public required string Position { get; init; }

    public required string Default { get; init; }

    public required string PipelineInput { get; init; }

    public required bool Wildcards { get; init; }

    public bool IsSwitch => Type == "SwitchParameter";

    public bool IsArray => Type.EndsWith("[]", StringComparison.Ordinal);
}
