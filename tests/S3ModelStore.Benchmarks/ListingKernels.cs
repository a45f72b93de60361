using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using S3ModelStore.Engine.Source.Http;

namespace S3ModelStore.Benchmarks;

/// <summary>What a page of 1000 keys costs from the answer's bytes to our objects.</summary>
[MemoryDiagnoser]
public class ListingKernels
{
    private readonly byte[] _xml = Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bench</Name><Prefix>llm/</Prefix><KeyCount>1000</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>"""
        + string.Concat(Enumerable.Range(0, 1000).Select(i => string.Create(CultureInfo.InvariantCulture, $"<Contents><Key>llm/part-{i:00000}.json</Key><LastModified>2026-11-01T12:00:00.000Z</LastModified><ETag>&quot;0123456789abcdef0123456789abcdef&quot;</ETag><Size>4096</Size><StorageClass>STANDARD</StorageClass></Contents>")))
        + "</ListBucketResult>");

    [Benchmark]
    public int ListPageOf1000() => ListingDocument.Parse(new MemoryStream(_xml))!.Objects.Count;
}
