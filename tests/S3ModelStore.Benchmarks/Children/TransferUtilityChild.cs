using System.Diagnostics;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using S3ModelStore.Engine.Source;

namespace S3ModelStore.Benchmarks.Children;

/// <summary>
/// The downloader that comes with the SDK, at its default of ten requests: files in parallel, large ones in ranges. Its DownloadDirectory
/// asks for parts as they were uploaded, which only S3 itself knows, and so would take each file over one connection here.
/// </summary>
internal static class TransferUtilityChild
{
    public const string Verb = "child-transfer-utility";
    private const int Requests = 10;
    private const long RangeAbove = 16 << 20;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var wall = Stopwatch.StartNew();
        var source = S3ModelUri.Parse(arguments.Text("source"));
        var destination = arguments.Text("destination");
        using var client = new AmazonS3Client(new AnonymousAWSCredentials(), ConfigFor(arguments.Text("endpoint")));
        using var transfer = new TransferUtility(client, new TransferUtilityConfig { ConcurrentServiceRequests = Requests });
        var listing = client.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = source.Bucket, Prefix = source.Key });
        await Parallel.ForEachAsync(
            listing.S3Objects,
            new ParallelOptions { MaxDegreeOfParallelism = Requests },
            async (found, cancellation) => await FetchAsync(transfer, source, found, destination, cancellation));
        Measurement.Print(wall);
        return 0;
    }

    private static Task FetchAsync(TransferUtility transfer, S3ModelUri source, S3Object found, string destination, CancellationToken cancellation)
    {
        var request = new TransferUtilityDownloadRequest
        {
            BucketName = source.Bucket,
            Key = found.Key,
            FilePath = Path.Combine(destination, found.Key[source.Key.Length..]),
        };
        if (found.Size < RangeAbove)
            return transfer.DownloadAsync(request, cancellation);
        request.MultipartDownloadType = MultipartDownloadType.RANGE;
        return transfer.DownloadWithResponseAsync(request, cancellation);
    }

    private static AmazonS3Config ConfigFor(string endpoint) => new()
    {
        ServiceURL = endpoint,
        AuthenticationRegion = "us-east-1",
        ForcePathStyle = true,
        ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        HttpClientFactory = endpoint.StartsWith("https", StringComparison.Ordinal) ? new TrustingClientFactory() : null,
    };
}
