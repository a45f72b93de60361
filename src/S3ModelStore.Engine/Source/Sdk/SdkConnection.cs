using System.Collections.Concurrent;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Source.Http;

namespace S3ModelStore.Engine.Source.Sdk;

/// <summary>The SDK's side of a store: identity, endpoints and a client per region. Thread-safe.</summary>
internal sealed class SdkConnection : IStoreConnection, IDisposable
{
    private readonly ConnectionSettings _settings;
    private readonly CredentialSource _identity;
    private readonly ConcurrentDictionary<string, Lazy<AmazonS3Client>> _clients = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _regions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Address> _addresses = new(StringComparer.Ordinal);

    private volatile bool _hadKeys;

    private SdkConnection(ConnectionSettings settings, CredentialSource identity, bool requestPayer)
    {
        _settings = settings;
        _identity = identity;
        RequestPayer = requestPayer;
    }

    public bool RequestPayer { get; }

    public string CredentialSource => _identity.Name;

    /// <summary>Finds out where and as whom; on the pool, because profiles are files and instance metadata is slow.</summary>
    public static Task<SdkConnection> CreateAsync(S3ModelStoreOptions options)
        => Task.Run(() =>
        {
            var settings = ConnectionSettings.Resolve(options);
            return new SdkConnection(settings, Sdk.CredentialSource.Find(options, settings), options.RequestPayer);
        });

    private AmazonS3Client ClientOf(string bucket)
        => _clients.GetOrAdd(RegionOf(bucket), region => new Lazy<AmazonS3Client>(() => CreateClient(region))).Value;

    public async ValueTask<SigV4Credentials?> GetKeysAsync(CancellationToken cancellation)
    {
        if (_identity.Credentials is AnonymousAWSCredentials)
            return null;
        try
        {
            var keys = await _identity.Credentials.GetCredentialsAsync().WaitAsync(cancellation);
            _hadKeys = true;
            return new SigV4Credentials(keys.AccessKey, keys.SecretKey, keys.Token);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // Providers run programs, read files and ask servers: what they throw is anybody's guess.
            throw new ModelStoreException(
                _hadKeys ? ModelStoreErrorCode.ExpiredCredentials : ModelStoreErrorCode.CredentialsNotFound,
                _hadKeys ? Messages.CredentialsNotRenewed(_identity.Name, e.Message) : Messages.CredentialsNotHad(_identity.Name, e.Message),
                Messages.CredentialsNotRenewedRemedy,
                _identity.Name,
                e);
        }
    }

    public bool TryRenewKeys()
    {
        if (_identity.Credentials is not RefreshingAWSCredentials refreshing)
            return false;
        refreshing.ClearCredentials();
        return true;
    }

    public string RegionOf(string bucket) => _regions.GetValueOrDefault(bucket, _settings.Region);

    public bool TryMove(string bucket, string region)
    {
        if (region.Length == 0 || string.Equals(RegionOf(bucket), region, StringComparison.Ordinal))
            return false;
        _regions[bucket] = region;
        return true;
    }

    public string AddressOf(string bucket)
    {
        var region = RegionOf(bucket);
        if (_addresses.TryGetValue(bucket, out var known) && known.Region == region)
            return known.Text;
        return (_addresses[bucket] = new Address(region, ResolveAddress(bucket))).Text;
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values.Where(client => client.IsValueCreated))
            client.Value.Dispose();
    }

    private string ResolveAddress(string bucket)
    {
        // As the SDK's rules have it, without the time that a first client and its rules take.
        if (_settings is { Endpoint: { } endpoint, PathStyle: true })
            return bucket.Length == 0 ? endpoint : $"{endpoint}/{bucket}";
        AmazonWebServiceRequest request = bucket.Length == 0 ? new ListBucketsRequest() : new GetObjectRequest { BucketName = bucket, Key = "k" };
        return ClientOf(bucket).DetermineServiceOperationEndpoint(request).URL.TrimEnd('/');
    }

    private AmazonS3Client CreateClient(string region)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = _settings.PathStyle,
        };
        if (_settings.Endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }
        else
        {
            config.ServiceURL = _settings.Endpoint;
            config.AuthenticationRegion = region;
        }

        return new AmazonS3Client(_identity.Credentials, config);
    }

    private sealed record Address(string Region, string Text);
}
