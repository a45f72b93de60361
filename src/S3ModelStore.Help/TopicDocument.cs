using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace S3ModelStore.Help;

/// <summary>A Markdown file as a title and sections.</summary>
internal sealed class TopicDocument
{
    private static readonly MarkdownPipeline Dialect = new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePipeTables().Build();
    private readonly string _file;

    public TopicDocument(string file, string text)
    {
        _file = file;
        var blocks = Markdown.Parse(text, Dialect).Where(block => block is not YamlFrontMatterBlock).ToList();
        if (blocks is not [HeadingBlock { Level: 1 } title, ..])
            throw new HelpSourceException(file, 1, "The file begins with the topic's name as its title.");
        Title = PlainText.Of(title.Inline);
        if (Title != Path.GetFileNameWithoutExtension(file))
            throw Wrong(title, $"The topic '{Title}' is in a file of another name.");
        Sections = Split(blocks.Skip(1), level: 2);
    }

    public string Title { get; }

    public IReadOnlyList<TopicSection> Sections { get; }

    /// <summary>The section's subsections.</summary>
    public IReadOnlyList<TopicSection> Split(TopicSection section) => Split(section.Blocks, level: 3);

    public HelpSourceException Wrong(Block where, string message) => new(_file, where.Line + 1, message);

    private List<TopicSection> Split(IEnumerable<Block> blocks, int level)
    {
        var sections = new List<TopicSection>();
        foreach (var block in blocks)
        {
            if (block is HeadingBlock heading && heading.Level == level)
                sections.Add(new TopicSection(heading, PlainText.Of(heading.Inline), []));
            else if (sections.Count > 0)
                sections[^1].Blocks.Add(block);
            else
                throw Wrong(block, "Text stands before the first heading.");
        }

        return sections;
    }
}
