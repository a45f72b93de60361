using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace S3ModelStore.Help;

/// <summary>A conceptual topic as the text file that Get-Help prints as it is: sections in capitals, their text indented and wrapped.</summary>
internal static class AboutText
{
    private const int Width = 80;
    private const int Indent = 4;

    public static string Write(TopicDocument document)
    {
        var text = new StringBuilder();
        text.Append("TOPIC\n").Append(' ', Indent).Append(document.Title).Append("\n\n");
        foreach (var section in document.Sections)
        {
            text.Append(section.Title.ToUpperInvariant()).Append('\n');
            foreach (var block in section.Blocks)
                Write(text, block);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, Block block)
    {
        switch (block)
        {
            case HeadingBlock heading:
                var title = PlainText.Of(heading.Inline);
                text.Append("  ").Append(title).Append('\n').Append("  ").Append('-', title.Length).Append('\n');
                return;
            case CodeBlock code:
                foreach (var line in PlainText.Code(code).Split('\n'))
                    text.Append(line.Length == 0 ? string.Empty : new string(' ', Indent * 2)).Append(line).Append('\n');
                break;
            case Table table:
                WriteTable(text, PlainText.Rows(table));
                break;
            case ListBlock list:
                foreach (var item in PlainText.Paragraphs([list]))
                    Wrap(text, item, Indent, hanging: 2);
                break;
            default:
                foreach (var paragraph in PlainText.Paragraphs([block]))
                    Wrap(text, paragraph, Indent, hanging: 0);
                break;
        }

        text.Append('\n');
    }

    private static void WriteTable(StringBuilder text, IReadOnlyList<string[]> rows)
    {
        // The heads of two columns say nothing that the columns do not; the last column takes what room is left.
        var width = rows.Max(row => row[0].Length) + 2;
        foreach (var row in rows.Skip(1))
            Wrap(text, row[0].PadRight(width) + string.Join("  ", row.Skip(1)), Indent, width, keep: width);
    }

    private static void Wrap(StringBuilder text, string paragraph, int indent, int hanging, int keep = 0)
    {
        // What comes before the first breakable place stays as it is, blanks and all.
        var line = new StringBuilder(new string(' ', indent)).Append(paragraph, 0, keep);
        var isFirst = true;
        foreach (var word in paragraph[keep..].Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isFirst && line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line.Clear().Append(' ', indent + hanging);
                isFirst = true;
            }

            line.Append(isFirst ? string.Empty : " ").Append(word);
            isFirst = false;
        }

        text.Append(line).Append('\n');
    }
}
