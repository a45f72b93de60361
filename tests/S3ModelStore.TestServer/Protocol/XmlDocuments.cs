using System.Globalization;
using System.Text;
using System.Xml;
using S3ModelStore.TestServer.Catalog;

namespace S3ModelStore.TestServer.Protocol;

/// <summary>The XML bodies of S3.</summary>
internal static class XmlDocuments
{
    public const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    private static readonly XmlWriterSettings Settings = new()
    {
        // Written by hand, because S3 spells the encoding in capitals.
        OmitXmlDeclaration = true,
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),

        // S3 writes control characters of a key as references, which XML 1.0 forbids: that is why encoding-type=url exists.
        CheckCharacters = false,
    };

    public static byte[] Error(S3Error error, string resource, string requestId, string hostId) => Write(xml =>
    {
        xml.WriteStartElement("Error");
        xml.WriteElementString("Code", error.Code);
        xml.WriteElementString("Message", error.Message);
        foreach (var (name, value) in error.Details)
            xml.WriteElementString(name, value);

        xml.WriteElementString("Resource", resource);
        xml.WriteElementString("RequestId", requestId);
        xml.WriteElementString("HostId", hostId);
        xml.WriteEndElement();
    });

    /// <summary>us-east-1 is told as an empty element, as ever.</summary>
    public static byte[] Location(string region) => Write(xml =>
        xml.WriteElementString("LocationConstraint", Namespace, string.Equals(region, "us-east-1", StringComparison.Ordinal) ? "" : region));

    public static byte[] Buckets(IEnumerable<string> buckets) => Write(xml =>
    {
        xml.WriteStartElement("ListAllMyBucketsResult", Namespace);
        xml.WriteStartElement("Buckets");
        foreach (var bucket in buckets)
        {
            xml.WriteStartElement("Bucket");
            xml.WriteElementString("Name", bucket);
            xml.WriteElementString("CreationDate", "2026-01-01T00:00:00.000Z");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    });

    public static byte[] Listing(string bucket, ListQuery query, ListPage page, ListTokens tokens, Func<string, string>? encode) => Write(xml =>
    {
        var text = encode ?? (static value => value);
        xml.WriteStartElement("ListBucketResult", Namespace);
        xml.WriteElementString("Name", bucket);
        xml.WriteElementString("Prefix", text(query.Prefix));
        if (query.Resume is not null)
            xml.WriteElementString("ContinuationToken", tokens.Write(query.Resume));
        if (page.Next is not null)
            xml.WriteElementString("NextContinuationToken", tokens.Write(page.Next));
        if (query.StartAfter.Length > 0)
            xml.WriteElementString("StartAfter", text(query.StartAfter));
        xml.WriteElementString("KeyCount", Number(page.Objects.Count + page.CommonPrefixes.Count));
        xml.WriteElementString("MaxKeys", Number(query.MaxKeys));
        if (query.Delimiter.Length > 0)
            xml.WriteElementString("Delimiter", text(query.Delimiter));
        if (encode is not null)
            xml.WriteElementString("EncodingType", "url");
        xml.WriteElementString("IsTruncated", page.Next is null ? "false" : "true");
        foreach (var stored in page.Objects)
            WriteContents(xml, stored, text);
        foreach (var prefix in page.CommonPrefixes)
        {
            xml.WriteStartElement("CommonPrefixes");
            xml.WriteElementString("Prefix", text(prefix));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    private static void WriteContents(XmlWriter xml, StoredObject stored, Func<string, string> text)
    {
        xml.WriteStartElement("Contents");
        xml.WriteElementString("Key", text(stored.Key));
        xml.WriteElementString("LastModified", stored.LastModified.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        xml.WriteElementString("ETag", $"\"{stored.ETag}\"");
        WriteChecksumAlgorithm(xml, stored);
        xml.WriteElementString("Size", Number(stored.Size));
        xml.WriteElementString("StorageClass", stored.Options.StorageClass);
        xml.WriteEndElement();
    }

    private static void WriteChecksumAlgorithm(XmlWriter xml, StoredObject stored)
    {
        const string Prefix = "x-amz-checksum-";
        foreach (var name in stored.Options.Checksums.Keys)
            xml.WriteElementString("ChecksumAlgorithm", name.Replace(Prefix, "", StringComparison.OrdinalIgnoreCase).ToUpperInvariant());
        if (stored.Options.ChecksumType is { } type)
            xml.WriteElementString("ChecksumType", type);
    }

    private static byte[] Write(Action<XmlWriter> write)
    {
        using var stream = new MemoryStream();
        stream.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"u8);
        using (var xml = XmlWriter.Create(stream, Settings))
            write(xml);

        return stream.ToArray();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
