using S3ModelStore.TestServer.Protocol;

namespace S3ModelStore.TestServer;

/// <summary>How the server is set up. What a test changes while it runs is on <see cref="S3TestServer"/> itself.</summary>
public sealed record S3TestServerOptions
{
    /// <summary>0 means any free port.</summary>
    public int Port { get; init; }

    /// <summary>HTTPS with a certificate of its own making, see <see cref="S3TestServer.Certificate"/>.</summary>
    public bool UseTls { get; init; }

    public string AccessKey { get; init; } = S3TestServer.DefaultAccessKey;

    public string SecretKey { get; init; } = S3TestServer.DefaultSecretKey;

    /// <summary>When set, the key above is a temporary one and requests must carry this token.</summary>
    public string? SessionToken { get; init; }

    public string Region { get; init; } = "us-east-1";

    /// <summary>The most entries a listing's page has, whatever the client asks for.</summary>
    public int MaxKeysPerPage { get; init; } = 1000;

    public ListingEncoding ListingEncoding { get; init; }

    /// <summary>Continuation tokens are the last key itself, as in Ceph.</summary>
    public bool UseRawContinuationTokens { get; init; }

    /// <summary>Bodies on one connection are sent no faster than this.</summary>
    public long? BytesPerSecondPerConnection { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How many requests the log keeps one by one. Counters always run; 0 is right for benchmarks.</summary>
    public int LogCapacity { get; init; } = 100_000;
}
