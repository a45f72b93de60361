using System.Globalization;
using System.Net;
using System.Xml;

namespace S3ModelStore.Engine.Source.Http;

/// <summary>The XML of a ListObjectsV2 answer. What it does not hold is <see langword="null"/>; what this engine does not need is skipped.</summary>
/// <remarks><see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html#API_ListObjectsV2_ResponseSyntax"/></remarks>
internal sealed class ListingDocument
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        // Stores that do not encode keys write what is in them.
        CheckCharacters = false,
    };

    private readonly List<StoredObject> _objects = [];
    private readonly List<string> _prefixes = [];
    private bool _isListing;
    private bool _isEncoded;

    private ListingDocument()
    {
    }

    /// <summary>In the store's order.</summary>
    public IReadOnlyList<StoredObject> Objects => _objects;

    /// <summary>What lies deeper than the delimiter.</summary>
    public IReadOnlyList<string> Prefixes => _prefixes;

    public bool IsTruncated { get; private set; }

    public string? NextContinuationToken { get; private set; }

    /// <returns><see langword="null"/> for XML that is something else.</returns>
    /// <exception cref="XmlException">It is no XML, or not all of it.</exception>
    /// <exception cref="FormatException">A number is none.</exception>
    /// <exception cref="OverflowException">A number is too large.</exception>
    public static ListingDocument? Parse(Stream xml)
    {
        using var reader = XmlReader.Create(xml, Settings);
        var document = new ListingDocument();
        reader.MoveToContent();
        ForEachChild(reader, field => document.Take(reader, field));
        if (!document._isListing)
            return null;
        document.Decode();
        return document;
    }

    /// <summary>The names in the XML of a ListBuckets answer.</summary>
    /// <exception cref="XmlException">It is no XML, or not all of it.</exception>
    public static IReadOnlyList<string> ParseBuckets(Stream xml)
    {
        using var reader = XmlReader.Create(xml, Settings);
        var names = new List<string>();
        reader.MoveToContent();
        ForEachChild(reader, child =>
        {
            if (child == "Buckets")
                ForEachChild(reader, _ => ForEachChild(reader, field => TakeIf(field == "Name", reader, names)));
            else
                reader.Skip();
        });
        return names;
    }

    private static void TakeIf(bool isWanted, XmlReader reader, List<string> texts)
    {
        if (isWanted)
            texts.Add(reader.ReadElementContentAsString());
        else
            reader.Skip();
    }

    // Stands at an element and leaves it behind; each child is the taker's to leave behind.
    private static void ForEachChild(XmlReader reader, Action<string> take)
    {
        if (!Enter(reader))
            return;
        while (reader.MoveToContent() == XmlNodeType.Element)
            take(reader.LocalName);
        reader.ReadEndElement();
    }

    /// <returns>Whether anything is in the element.</returns>
    private static bool Enter(XmlReader reader)
    {
        var isEmpty = reader.IsEmptyElement;
        reader.ReadStartElement();
        return !isEmpty;
    }

    private void Take(XmlReader reader, string field)
    {
        switch (field)
        {
            case "Contents":
                _objects.Add(ReadObject(reader));
                break;
            case "CommonPrefixes":
                ForEachChild(reader, child => TakeIf(child == "Prefix", reader, _prefixes));
                break;
            case "IsTruncated":
                IsTruncated = reader.ReadElementContentAsString().Trim().Equals("true", StringComparison.OrdinalIgnoreCase);
                _isListing = true;
                break;
            case "NextContinuationToken":
                NextContinuationToken = reader.ReadElementContentAsString();
                break;
            case "EncodingType":
                _isEncoded = reader.ReadElementContentAsString() == "url";
                break;
            default:
                _isListing |= field is "Name" or "KeyCount" or "MaxKeys";
                reader.Skip();
                break;
        }
    }

    private static StoredObject ReadObject(XmlReader reader)
    {
        string key = string.Empty, etag = string.Empty;
        string? storageClass = null;
        var size = 0L;
        var modified = default(DateTimeOffset);
        if (!Enter(reader))
            return new StoredObject(key, size, etag, modified, storageClass, VersionId: null);
        while (reader.MoveToContent() == XmlNodeType.Element)
        {
            switch (reader.LocalName)
            {
                case "Key":
                    key = reader.ReadElementContentAsString();
                    break;
                case "Size":
                    size = long.Parse(reader.ReadElementContentAsString(), NumberStyles.Integer, CultureInfo.InvariantCulture);
                    break;
                case "ETag":
                    etag = reader.ReadElementContentAsString().Trim('"');
                    break;
                case "LastModified":
                    modified = DateTimeOffset.Parse(reader.ReadElementContentAsString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUniversalTime();
                    break;
                case "StorageClass":
                    storageClass = reader.ReadElementContentAsString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.ReadEndElement();
        return new StoredObject(key, size, etag, modified, storageClass, VersionId: null);
    }

    // The encoding may be told behind the keys.
    private void Decode()
    {
        if (!_isEncoded)
            return;
        for (var i = 0; i < _objects.Count; i++)
            _objects[i] = _objects[i] with { Key = WebUtility.UrlDecode(_objects[i].Key) };
        for (var i = 0; i < _prefixes.Count; i++)
            _prefixes[i] = WebUtility.UrlDecode(_prefixes[i]);
    }
}
