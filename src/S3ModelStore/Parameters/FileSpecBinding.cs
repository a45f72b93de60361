using System.Collections;
using System.Management.Automation;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Selection;

namespace S3ModelStore.Parameters;

/// <summary><c>-FileSpec</c> and <c>-Manifest</c> as the engine's file specifications.</summary>
internal static class FileSpecBinding
{
    private static readonly string[] Names = [nameof(S3ModelFileSpec.Path), nameof(S3ModelFileSpec.Size), nameof(S3ModelFileSpec.Sha256)];

    /// <param name="values">Hashtables, or objects with properties: CSV rows, custom objects.</param>
    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidFileSpec"/>.</exception>
    public static IEnumerable<S3ModelFileSpec> FromObjects(IEnumerable<object> values) => values.Select(FromObject);

    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidFileSpec"/>.</exception>
    public static IEnumerable<S3ModelFileSpec> FromManifest(string path) => FileSpecReader.Read(path);

    private static S3ModelFileSpec FromObject(object value)
    {
        var read = PSObject.AsPSObject(value).BaseObject is IDictionary table ? FromTable(table) : FromProperties(PSObject.AsPSObject(value));
        return S3ModelFileSpec.FromProperties(read(Names[0])?.ToString(), read(Names[1]), read(Names[2]));
    }

    private static Func<string, object?> FromProperties(PSObject value) => name => Unwrap(value.Properties[name]?.Value);

    // A table is typed by hand: a misspelt Sha256 that goes unnoticed would be a proof that never happens.
    private static Func<string, object?> FromTable(IDictionary table)
    {
        var entries = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table)
        {
            var name = entry.Key.ToString() ?? string.Empty;
            if (!Names.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw new ModelStoreException(ModelStoreErrorCode.InvalidFileSpec, $"FileSpec: there is no '{name}'.", $"Give {string.Join(", ", Names)}.", name);
            entries[name] = Unwrap(entry.Value);
        }

        return name => entries.GetValueOrDefault(name);
    }

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
