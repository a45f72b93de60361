using System.Text;
using System.Text.Json;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Selection;

/// <summary>File specifications in JSON. Read token by token, because a document would not know the lines its values came from.</summary>
internal sealed class JsonFileSpecs
{
    private readonly byte[] _json;
    private readonly string _file;
    private readonly FileSpecCollector _specs;
    private int _counted;
    private int _line = 1;

    public JsonFileSpecs(string text, string file, FileSpecCollector specs)
    {
        _json = Encoding.UTF8.GetBytes(text);
        _file = file;
        _specs = specs;
    }

    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidFileSpec"/>.</exception>
    public void Read()
    {
        var reader = new Utf8JsonReader(_json, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
                ReadArray(ref reader);
            else
                ReadObject(ref reader, isRoot: true);
            // Past the end nothing may follow; the reader itself complains.
            reader.Read();
        }
        catch (JsonException error)
        {
            var reason = error.Message.Split(" LineNumber:", 2)[0];
            throw new FileSpecOrigin(_file, (int)(error.LineNumber ?? 0) + 1).Error(Messages.JsonInvalid(reason), Messages.JsonInvalidRemedy, cause: error);
        }
        catch (InvalidOperationException error)
        {
            throw Origin(reader.TokenStartIndex).Error(Messages.JsonHalfASurrogatePair, Messages.JsonHalfASurrogatePairRemedy, cause: error);
        }
    }

    private void ReadArray(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw Origin(reader.TokenStartIndex).Error(Messages.JsonElementNotAnObject, Messages.JsonShapeRemedy);
            ReadObject(ref reader, isRoot: false);
        }
    }

    private void ReadObject(ref Utf8JsonReader reader, bool isRoot)
    {
        var origin = Origin(reader.TokenStartIndex);
        string? relative = null, path = null, size = null, sha256 = null, digest = null;
        var hasFiles = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!.ToUpperInvariant();
            reader.Read();
            switch (name)
            {
                case "FILES" when isRoot && reader.TokenType == JsonTokenType.StartArray:
                    hasFiles = true;
                    ReadArray(ref reader);
                    break;
                case "RELATIVEPATH":
                    relative = Value(ref reader, "relativePath", JsonTokenType.String);
                    break;
                case "PATH":
                    path = Value(ref reader, "path", JsonTokenType.String);
                    break;
                case "SIZE":
                    size = Value(ref reader, "size", JsonTokenType.Number);
                    break;
                case "SHA256":
                    sha256 = Value(ref reader, "sha256", JsonTokenType.String);
                    break;
                case "DIGEST" or "CHECKSUM" when reader.TokenType == JsonTokenType.String:
                    digest = reader.GetString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        // Results that were converted have both, and their Path is the one on disk.
        path = relative ?? path;
        if (isRoot && path is null && !hasFiles)
            throw origin.Error(Messages.JsonWithoutFiles, Messages.JsonShapeRemedy);
        if (!hasFiles)
            _specs.Add(origin, FileSpecRules.Create(origin, path, size, sha256 ?? FileSpecReader.Sha256Of(digest)));
    }

    private string? Value(ref Utf8JsonReader reader, string name, JsonTokenType kind)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        return reader.TokenType == kind
            ? Encoding.UTF8.GetString(reader.ValueSpan)
            : throw Origin(reader.TokenStartIndex).Error(kind == JsonTokenType.String ? Messages.JsonValueNotText(name) : Messages.JsonValueNotNumber(name), Messages.JsonShapeRemedy);
    }

    // Tokens come in order, so each line end is counted once.
    private FileSpecOrigin Origin(long position)
    {
        _line += _json.AsSpan(_counted, (int)position - _counted).Count((byte)'\n');
        _counted = (int)position;
        return new FileSpecOrigin(_file, _line);
    }
}
