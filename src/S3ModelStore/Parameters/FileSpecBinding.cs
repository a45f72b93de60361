using System.Collections;
using System.Management.Automation;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Selection;

namespace S3ModelStore.Parameters;

/// <summary><c>-FileSpec</c> and <c>-Manifest</c> as the engine's file specifications.</summary>
internal static class FileSpecBinding
{
    private static readonly string[] Names = [nameof(S3ModelFileSpec.Path), nameof(S3ModelFileSpec.Size), nameof(S3ModelFileSpec.Sha256)];

    /// <param name="values">Hashtables, or objects with properties: CSV rows, custom objects, listed objects and file results.</param>
    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidFileSpec"/>.</exception>
    public static IEnumerable<S3ModelFileSpec> FromObjects(IEnumerable<object> values) => values.Select(FromObject);

    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidFileSpec"/>.</exception>
    public static IEnumerable<S3ModelFileSpec> FromManifest(string path) => FileSpecReader.Read(path);

    private static S3ModelFileSpec FromObject(object value)
    {
        var wrapped = PSObject.AsPSObject(value);
        return wrapped.BaseObject switch
        {
            IDictionary table => FromTable(table),
            string text => throw Invalid(Messages.FileSpecIsText(text), text),
            _ => FromProperties(wrapped),
        };
    }

    // What this module writes has both: the path in the model, and the one on disk that it was saved under.
    private static S3ModelFileSpec FromProperties(PSObject value)
    {
        var path = Property(value, nameof(S3ModelFileResult.RelativePath)) ?? Property(value, nameof(S3ModelFileSpec.Path));
        var sha256 = Property(value, nameof(S3ModelFileSpec.Sha256)) ?? FileSpecReader.Sha256Of(Property(value, nameof(S3ModelFileResult.Checksum))?.ToString());
        return S3ModelFileSpec.FromProperties(path?.ToString(), Property(value, nameof(S3ModelFileSpec.Size)), sha256);
    }

    private static object? Property(PSObject value, string name) => Unwrap(value.Properties[name]?.Value);

    // A table is typed by hand: a misspelt Sha256 that goes unnoticed would be a proof that never happens.
    private static S3ModelFileSpec FromTable(IDictionary table)
    {
        var entries = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table)
        {
            var name = entry.Key.ToString() ?? string.Empty;
            if (!Names.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw Invalid(Messages.FileSpecKeyUnknown(name), name);
            entries[name] = Unwrap(entry.Value);
        }

        return S3ModelFileSpec.FromProperties(entries.GetValueOrDefault(Names[0])?.ToString(), entries.GetValueOrDefault(Names[1]), entries.GetValueOrDefault(Names[2]));
    }

    private static ModelStoreException Invalid(string reason, string target) => new(
        ModelStoreErrorCode.InvalidFileSpec,
        Messages.FileSpecInvalid(reason),
        Messages.FileSpecInvalidRemedy,
        target);

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
