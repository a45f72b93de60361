using System.Xml.Linq;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Protocol;

namespace S3ModelStore.TestServer.Faults;

/// <content>What a rule does to listings.</content>
public sealed partial class FaultRule
{
    private static readonly XNamespace S3 = XmlDocuments.Namespace;

    /// <summary>From the second page on, every page says that it is its own next one.</summary>
    public FaultRule LoopContinuation() => AlterListing(listing =>
    {
        if (listing.Element(S3 + "ContinuationToken") is not { } own)
            return;
        listing.SetElementValue(S3 + "IsTruncated", "true");
        listing.SetElementValue(S3 + "NextContinuationToken", own.Value);
    });

    /// <summary>Every page begins with the last object of the one before.</summary>
    public FaultRule RepeatLastEntry()
    {
        XElement? last = null;
        return AlterListing(listing =>
        {
            var entries = listing.Elements(S3 + "Contents").ToList();
            if (entries.Count == 0)
                return;
            if (last is not null && listing.Element(S3 + "ContinuationToken") is not null)
                entries[0].AddBeforeSelf(last);
            last = new XElement(entries[^1]);
        });
    }

    /// <summary>Puts another value into an element of each object: Key, Size, ETag, LastModified.</summary>
    public FaultRule MisstateEntries(string element, string value) => AlterListing(listing =>
    {
        foreach (var entry in listing.Elements(S3 + "Contents"))
            entry.SetElementValue(S3 + element, value);
    });

    /// <summary>Ends the document, which has a right Content-Length, in its middle.</summary>
    public FaultRule CutDocument() => Alter(answer => answer.Length /= 2);

    /// <summary>Changes a listing before it is written.</summary>
    public FaultRule AlterListing(Action<XElement> alteration) => Alter(answer =>
    {
        var document = XDocument.Parse(System.Text.Encoding.UTF8.GetString(answer.Content.ToArray()));
        if (document.Root?.Name != S3 + "ListBucketResult")
            return;
        alteration(document.Root);
        using var written = new MemoryStream();
        document.Save(written, SaveOptions.DisableFormatting);
        answer.Content = ObjectContent.FromBytes(written.ToArray());
        answer.Length = written.Length;
    });
}
