using System.Globalization;
using System.Net;
using System.Text;
using BenchmarkDotNet.Attributes;
using S3ModelStore.Engine.Source;
using S3ModelStore.Engine.Source.Sdk;

namespace S3ModelStore.Benchmarks;

/// <summary>
/// What a page of 1000 keys costs from the answer's bytes to our objects. Most of it is the SDK's request and unmarshalling, which is how
/// the engine lists; there is no network in it.
/// </summary>
[MemoryDiagnoser]
public class ListingKernels
{
    private SdkLister? _lister;

    [GlobalSetup]
    public async Task ConnectAsync()
    {
        var options = new S3ModelStoreOptions { EndpointUrl = "http://127.0.0.1:9000", AccessKeyId = "TESTACCESSKEY", SecretAccessKey = "not-a-secret" };
        _lister = new SdkLister(await SdkConnection.CreateAsync(options, new OnePage()));
    }

    [Benchmark]
    public async Task<int> ListPageOf1000() => (await _lister!.ListPageAsync("bench", "llm/", continuation: null, CancellationToken.None)).Objects.Count;

    private sealed class OnePage : HttpMessageHandler
    {
        private readonly byte[] _xml = Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bench</Name><Prefix>llm/</Prefix><KeyCount>1000</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>"""
            + string.Concat(Enumerable.Range(0, 1000).Select(i => string.Create(CultureInfo.InvariantCulture, $"<Contents><Key>llm/part-{i:00000}.json</Key><LastModified>2026-11-01T12:00:00.000Z</LastModified><ETag>&quot;0123456789abcdef0123456789abcdef&quot;</ETag><Size>4096</Size><StorageClass>STANDARD</StorageClass></Contents>")))
            + "</ListBucketResult>");

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new ByteArrayContent(_xml) });
    }
}
