using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3ModelStore.Engine;
using S3ModelStore.Engine.Source;
using S3ModelStore.Interop.Tests;

[assembly: AssemblyFixture(typeof(RealServer))]

namespace S3ModelStore.Interop.Tests;

/// <summary>
/// The S3 server that the environment names, with one bucket of this run's own. Without it every test is skipped; a server that
/// is named but does not answer is a failure.
/// </summary>
public sealed class RealServer : IAsyncLifetime
{
    private const string EndpointVariable = "S3MODELSTORE_TEST_ENDPOINT";
    private const string KeyVariable = "AWS_ACCESS_KEY_ID";
    private const string SecretVariable = "AWS_SECRET_ACCESS_KEY";
    private const string StartScript = "tests/S3ModelStore.Interop.Tests/servers/ceph-start.sh";

    private readonly string? _endpoint = Read(EndpointVariable);
    private readonly string? _key = Read(KeyVariable);
    private readonly string? _secret = Read(SecretVariable);
    private AmazonS3Client? _client;

    /// <summary>The bucket of this run; made before the first test, removed after the last one.</summary>
    public string Bucket { get; } = $"s3modelstore-{Guid.NewGuid():N}";

    /// <summary>For putting things on the server; what is under test never uses it.</summary>
    public IAmazonS3 Client => _client ?? throw new InvalidOperationException($"Call {nameof(Require)} first.");

    public string AccessKeyId => _key!;

    public string SecretAccessKey => _secret!;

    /// <summary>The connection as the environment gives it.</summary>
    public S3ModelStoreOptions Options => new() { EndpointUrl = _endpoint, AccessKeyId = _key, SecretAccessKey = _secret };

    private string? Missing => (_endpoint, _key, _secret) switch
    {
        (null, _, _) => EndpointVariable,
        (_, null, _) => KeyVariable,
        (_, _, null) => SecretVariable,
        _ => null,
    };

    public bool IsConfigured => Missing is null;

    /// <summary>Skips the test when there is no server.</summary>
    public void Require()
        => Assert.SkipUnless(IsConfigured, $"{Missing} is not set. {StartScript} starts a server and prints the settings to evaluate.");

    public ModelStore OpenStore() => new(Options);

    public S3ModelUri Uri(string key) => S3ModelUri.ForKey(Bucket, key);

    public async ValueTask InitializeAsync()
    {
        if (!IsConfigured)
            return;
        var config = new AmazonS3Config
        {
            ServiceURL = _endpoint,
            ForcePathStyle = true,
            AuthenticationRegion = S3ModelStoreOptions.DefaultRegion,
            // Ceph before 19 does not know the checksums that the SDK adds of its own accord.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        _client = new AmazonS3Client(new BasicAWSCredentials(_key, _secret), config);
        await _client.PutBucketAsync(Bucket);
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is null)
            return;
        await EmptyBucketAsync(_client);
        await _client.DeleteBucketAsync(Bucket);
        _client.Dispose();
    }

    private static string? Read(string variable)
        => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    // One by one: the bulk deletion writes keys into XML, which not every key survives.
    private async Task EmptyBucketAsync(AmazonS3Client client)
    {
        var pages = client.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = Bucket });
        await foreach (var page in pages.Responses)
        {
            await Parallel.ForEachAsync(
                page.S3Objects ?? [],
                new ParallelOptions { MaxDegreeOfParallelism = Upload.Parallelism },
                async (item, cancellation) => await client.DeleteObjectAsync(Bucket, item.Key, cancellation));
        }
    }
}
