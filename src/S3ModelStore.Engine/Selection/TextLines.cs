using System.Runtime.InteropServices;

namespace S3ModelStore.Engine.Selection;

/// <summary>Walks the lines of a text, ended by LF or CR LF.</summary>
internal static class TextLines
{
    /// <summary>The first line that is neither blank nor a comment; Windows PowerShell begins CSV with such a comment, <c>#TYPE</c>.</summary>
    public static Line? FirstOf(string text)
    {
        foreach (var line in Of(text))
        {
            if (!IsBlankOrComment(line.Text))
                return line;
        }

        return null;
    }

    public static IEnumerable<Line> Of(string text)
    {
        var number = 0;
        for (var begin = 0; begin < text.Length;)
        {
            var end = text.IndexOf('\n', begin);
            end = end < 0 ? text.Length : end;
            yield return new Line(++number, begin, text[begin..end].TrimEnd('\r'));
            begin = end + 1;
        }
    }

    public static bool IsBlankOrComment(string line) => line.AsSpan().TrimStart() is [] or ['#', ..];

    /// <param name="Number">From 1.</param>
    /// <param name="Begin">Index of its first character.</param>
    /// <param name="Text">Without its end.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Line(int Number, int Begin, string Text);
}
