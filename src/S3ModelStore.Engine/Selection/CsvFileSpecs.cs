using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Selection;

/// <summary>CSV with a header. Columns in any order and more of them than needed; comma, semicolon or tab, whichever the header has.</summary>
internal static class CsvFileSpecs
{
    public static bool IsHeader(string line) => PathIndex(Header(line)) >= 0;

    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidFileSpec"/>.</exception>
    public static void Read(string text, TextLines.Line header, string file, FileSpecCollector specs)
    {
        var names = Header(header.Text);
        var (path, size, sha256, checksum) = (PathIndex(names), IndexOf(names, "Size"), IndexOf(names, "Sha256"), IndexOf(names, "Checksum"));
        var rows = new DelimitedRows(text, Delimiter(header.Text), header.Begin, header.Number, file);
        rows.MoveNext();
        while (rows.MoveNext())
        {
            var fields = rows.Fields;
            if (fields.Count == 1 && fields[0].Length == 0)
                continue;
            var origin = new FileSpecOrigin(file, rows.Line);
            if (fields.Count > names.Count)
                throw origin.Error(Messages.FieldCountIsOther(fields.Count, names.Count), Messages.FieldCountIsOtherRemedy);
            specs.Add(origin, FileSpecRules.Create(origin, Field(fields, path), Field(fields, size), Field(fields, sha256) ?? FileSpecReader.Sha256Of(Field(fields, checksum))));
        }
    }

    private static List<string> Header(string line)
    {
        var rows = new DelimitedRows(line, Delimiter(line), 0, 1, string.Empty);
        try
        {
            return rows.MoveNext() ? rows.Fields : [];
        }
        catch (ModelStoreException)
        {
            // A quote without its end: no header of ours. The caller has the error for that.
            return [];
        }
    }

    private static char Delimiter(string header)
        => header.AsSpan().IndexOfAny(',', ';', '\t') is >= 0 and var index ? header[index] : ',';

    // Results that were exported have both, and their Path is the one on disk.
    private static int PathIndex(List<string> names) => IndexOf(names, "RelativePath") is >= 0 and var index ? index : IndexOf(names, "Path");

    private static int IndexOf(List<string> names, string name)
        => names.FindIndex(field => field.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string? Field(List<string> fields, int index) => index >= 0 && index < fields.Count ? fields[index] : null;
}
