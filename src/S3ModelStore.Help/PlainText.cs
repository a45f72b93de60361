using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace S3ModelStore.Help;

/// <summary>Markdown as a console shows it.</summary>
internal static class PlainText
{
    /// <summary>One text for each block; lists have one for each item.</summary>
    public static IReadOnlyList<string> Paragraphs(IEnumerable<Block> blocks) => [.. blocks.SelectMany(Lines)];

    public static string Of(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines ?? [])
            Append(text, inline);
        return text.ToString();
    }

    public static string Code(LeafBlock code) => code.Lines.ToString().TrimEnd();

    /// <summary>The cells of a table, row by row.</summary>
    public static IReadOnlyList<string[]> Rows(Table table)
        => [.. table.Cast<TableRow>().Select(row => row.Cast<TableCell>().Select(cell => string.Join(' ', Paragraphs(cell))).ToArray())];

    private static IEnumerable<string> Lines(Block block) => block switch
    {
        CodeBlock code => [Code(code)],
        Table table => Rows(table).Skip(1).Select(row => string.Join(": ", row.Where(cell => cell.Length > 0))),
        ListBlock list => list.Cast<ListItemBlock>().Select((item, index) => Bullet(list, index) + string.Join("\n", Paragraphs(item))),
        LeafBlock leaf => [Of(leaf.Inline)],
        ContainerBlock container => Paragraphs(container),
        _ => [],
    };

    private static string Bullet(ListBlock list, int index) => list.IsOrdered ? $"{index + 1}. " : "- ";

    private static void Append(StringBuilder text, Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                text.Append(literal.Content.AsSpan());
                break;
            case CodeInline code:
                text.Append(code.Content);
                break;
            case LineBreakInline:
                text.Append(' ');
                break;
            case HtmlEntityInline entity:
                text.Append(entity.Transcoded.AsSpan());
                break;
            case AutolinkInline link:
                text.Append(link.Url);
                break;
            case ContainerInline container:
                foreach (var inner in container)
                    Append(text, inner);
                break;
        }
    }
}
