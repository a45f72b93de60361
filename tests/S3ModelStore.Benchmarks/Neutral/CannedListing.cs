using System.Globalization;
using System.Text;

namespace S3ModelStore.Benchmarks.Neutral;

/// <summary>
/// The answer to ListObjects, written before anybody asks: <c>listing-0.xml</c> and on, of 1000 keys as S3 sends them. The token of a page
/// is its number, whether it is asked for by <c>continuation-token</c> (version 2) or <c>marker</c> (version 1).
/// </summary>
internal static class CannedListing
{
    private const int PageSize = 1000;

    /// <param name="directory">Where the pages go.</param>
    /// <param name="prefix">Of every key; ends in a slash.</param>
    /// <param name="objects">In the order of their keys. No key needs escaping.</param>
    public static void Write(string directory, string prefix, IReadOnlyList<OriginObject> objects)
    {
        var pages = objects.Chunk(PageSize).ToList();
        for (var i = 0; i < pages.Count; i++)
            File.WriteAllText(Path.Combine(directory, $"listing-{i.ToString(CultureInfo.InvariantCulture)}.xml"), Page(prefix, pages[i], i + 1 < pages.Count ? i + 1 : null));
    }

    private static string Page(string prefix, OriginObject[] objects, int? next)
    {
        var xml = new StringBuilder("""<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">""");
        xml.Append(CultureInfo.InvariantCulture, $"<Name>{Origin.Bucket}</Name><Prefix>{prefix}</Prefix><KeyCount>{objects.Length}</KeyCount><MaxKeys>{PageSize}</MaxKeys><IsTruncated>{(next is null ? "false" : "true")}</IsTruncated>");
        if (next is not null)
            xml.Append(CultureInfo.InvariantCulture, $"<NextContinuationToken>{next}</NextContinuationToken><NextMarker>{next}</NextMarker>");
        foreach (var found in objects)
            xml.Append(CultureInfo.InvariantCulture, $"<Contents><Key>{prefix}{found.Name}</Key><LastModified>{found.Modified:yyyy-MM-ddTHH:mm:ss.000Z}</LastModified><ETag>&quot;{found.ETag}&quot;</ETag><Size>{found.Size}</Size><StorageClass>STANDARD</StorageClass></Contents>");
        return xml.Append("</ListBucketResult>").ToString();
    }
}
