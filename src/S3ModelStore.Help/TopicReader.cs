using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace S3ModelStore.Help;

/// <summary>Reads a cmdlet's topic in the shape that platyPS gave such files: fixed sections, and a block of facts for each parameter.</summary>
internal static class TopicReader
{
    // CommonParameters are PowerShell's own to describe.
    private const string Common = "CommonParameters";

    public static CommandTopic Read(TopicDocument document) => new()
    {
        Name = document.Title,
        Synopsis = Text(document, "SYNOPSIS"),
        Description = Text(document, "DESCRIPTION"),
        Examples = [.. document.Split(Section(document, "EXAMPLES")).Select(section => Example(document, section))],
        Parameters = [.. document.Split(Section(document, "PARAMETERS")).Where(section => section.Title != Common).Select(section => Parameter(document, section))],
        Inputs = Types(document, "INPUTS"),
        Outputs = Types(document, "OUTPUTS"),
        Notes = Text(document, "NOTES"),
        Links = [.. Section(document, "RELATED LINKS").Blocks.SelectMany(block => block.Descendants<LinkInline>()).Select(Link)],
    };

    private static TopicSection Section(TopicDocument document, string title)
        => document.Sections.SingleOrDefault(section => section.Title == title)
            ?? throw document.Wrong(document.Sections[0].Heading, $"'{document.Title}' has no section {title}.");

    private static IReadOnlyList<string> Text(TopicDocument document, string title) => PlainText.Paragraphs(Section(document, title).Blocks);

    private static List<TypeTopic> Types(TopicDocument document, string title)
        => [.. document.Split(Section(document, title)).Select(section => new TypeTopic(section.Title, PlainText.Paragraphs(section.Blocks)))];

    private static LinkTopic Link(LinkInline link)
        => new(PlainText.Of(link), link.Url?.EndsWith(".md", StringComparison.Ordinal) == true ? null : link.Url);

    private static ExampleTopic Example(TopicDocument document, TopicSection section)
    {
        var code = section.Blocks.OfType<FencedCodeBlock>().FirstOrDefault(block => block.Info == "powershell")
            ?? throw document.Wrong(section.Heading, $"'{section.Title}' shows no PowerShell.");
        return new ExampleTopic(section.Title, PlainText.Code(code), PlainText.Paragraphs(section.Blocks.Where(block => block != code)));
    }

    private static ParameterTopic Parameter(TopicDocument document, TopicSection section)
    {
        if (!section.Title.StartsWith('-') || section.Blocks is not [.., FencedCodeBlock { Info: "yaml" } block])
            throw document.Wrong(section.Heading, "A parameter is a heading with its name after a dash, and ends in a yaml block of facts.");
        var facts = PlainText.Code(block).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).ToDictionary(pair => pair[0], pair => pair[^1], StringComparer.Ordinal);
        var sets = List(Fact("Parameter Sets"));
        return new ParameterTopic
        {
            Name = section.Title[1..],
            Description = PlainText.Paragraphs(section.Blocks.SkipLast(1)),
            Type = Fact("Type"),
            Sets = sets is ["(All)"] ? [] : sets,
            Aliases = List(Fact("Aliases")),
            AcceptedValues = List(facts.GetValueOrDefault("Accepted values", string.Empty)),
            Required = bool.Parse(Fact("Required")),
            Position = Fact("Position").ToLowerInvariant(),
            Default = Fact("Default value"),
            PipelineInput = Fact("Accept pipeline input"),
            Wildcards = bool.Parse(Fact("Accept wildcard characters")),
        };

        string Fact(string name) => facts.GetValueOrDefault(name) ?? throw document.Wrong(block, $"{section.Title} does not say its '{name}'.");
    }

    private static string[] List(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
