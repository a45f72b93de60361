using System.Collections.Concurrent;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Source.Transport;

namespace S3ModelStore.Engine.Source.Http;

/// <summary>
/// Our own GET and HEAD: header-signed requests over shared connections. A refusal that can be repaired (region, clock, token,
/// temporary redirect) is repaired and the request sent once more.
/// </summary>
internal sealed class HttpObjectClient
{
    private static readonly TimeSpan SkewLimit = TimeSpan.FromMinutes(5);
    // A machine without a battery wakes up in 1970; what is further off is no time at all, and cannot be written into a signature.
    private static readonly TimeSpan LongestSkew = TimeSpan.FromDays(100 * 365);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(5);
    private static readonly string UserAgent = "S3ModelStore/" + typeof(HttpObjectClient).Assembly.GetName().Version?.ToString(3);

    private static readonly SigV4Header[] Fixed =
    [
        new("user-agent", UserAgent),
        // Bytes as they are stored: a proxy that compresses would break every range.
        new("accept-encoding", "identity"),
    ];

    private readonly IStoreConnection _connection;
    private readonly StoreTransport _transport;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, SigV4Signer> _signers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, BucketAddress> _addresses = new(StringComparer.Ordinal);
    private long _clockOffsetTicks;

    public HttpObjectClient(IStoreConnection connection, StoreTransport transport, TimeProvider clock)
    {
        _connection = connection;
        _transport = transport;
        _clock = clock;
    }

    /// <summary>How far the store's clock is ahead of ours, once it complained.</summary>
    public TimeSpan ClockOffset => TimeSpan.FromTicks(Interlocked.Read(ref _clockOffsetTicks));

    /// <returns>An answer with a status of 2xx; the caller owns it.</returns>
    /// <exception cref="ModelStoreException">Any other answer, or none.</exception>
    public StoreAnswer Send(HttpRequestOutline outline, CancellationToken cancellation)
    {
        var repairs = Repairs.None;
        Uri? redirect = null;
        while (true)
        {
            var assumed = new Assumptions(_connection.RegionOf(outline.Bucket), ClockOffset);
            var answer = Send(Create(outline, assumed, redirect, cancellation), outline.Target, cancellation);
            if (answer.IsSuccess)
                return answer;
            using (answer)
            {
                var error = outline.Method == HttpMethod.Head ? S3ErrorBody.Empty : S3ErrorBody.Read(buffer => answer.Read(buffer, cancellation));
                var repair = Repair(outline, assumed, answer, error, ref redirect);
                if (repair == Repairs.None || repairs.HasFlag(repair))
                    throw ErrorOf(outline, answer, error, Keys(cancellation));
                repairs |= repair;
            }
        }
    }

    /// <summary>The keys to sign with. Mostly known; sometimes a provider has to be asked, and every request waits for it.</summary>
    public SigV4Credentials? Keys(CancellationToken cancellation) => _connection.GetKeysAsync(cancellation).AsTask().GetAwaiter().GetResult();

    /// <summary>Says that the requester pays, where that is wanted.</summary>
    public SigV4Header[] PayerHeader() => _connection.RequestPayer ? [new SigV4Header("x-amz-request-payer", "requester")] : [];

    private StoreAnswer Send(StoreRequest request, string target, CancellationToken cancellation)
    {
        try
        {
            return _transport.Send(request, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw StoreErrors.FromConnection(e, request.Endpoint, target);
        }
    }

    private ModelStoreException ErrorOf(HttpRequestOutline outline, StoreAnswer answer, S3ErrorBody error, SigV4Credentials? keys)
        => StoreErrors.FromAnswer(
            answer.Status,
            ServerWords.Code(error.Code),
            ServerWords.Shown(error.Message, keys),
            outline.Target,
            error.RequestId ?? answer.Header("x-amz-request-id"),
            RetryAfter.Parse(answer.Header("Retry-After"), _clock.GetUtcNow(), LongestRetryAfter));

    private StoreRequest Create(HttpRequestOutline outline, Assumptions assumed, Uri? redirect, CancellationToken cancellation)
    {
        var address = _addresses.GetOrAdd(_connection.AddressOf(outline.Bucket), BucketAddress.Parse);
        var (origin, host) = redirect is null ? (address.Origin, address.Host) : (HttpOrigin.Of(redirect), WireUri.HostHeader(redirect));
        var path = (redirect is null ? null : WireUri.RawPath(redirect)) ?? S3PathEncoder.Path(outline.Key is null ? address.PathPrefix.TrimEnd('/') : address.PathPrefix, outline.Key ?? string.Empty);
        if (path.Length == 0)
            path = "/";
        var target = outline.Query.Length == 0 ? path : $"{path}?{outline.Query}";
        return new StoreRequest(outline.Method.Method, origin, host, target, [.. Fixed, .. Sign(outline, assumed, host, path, cancellation)]);
    }

    private SigV4Header[] Sign(HttpRequestOutline outline, Assumptions assumed, string host, string path, CancellationToken cancellation)
    {
        if (Keys(cancellation) is not { } keys)
            return outline.Headers;
        var signer = _signers.GetOrAdd(assumed.Region, region => new SigV4Signer(region));
        var toSign = new SigV4Request { Method = outline.Method.Method, Host = host, Path = path, Query = outline.Query, Headers = outline.Headers };
        return signer.Sign(toSign, keys, _clock.GetUtcNow() + assumed.ClockOffset).With(outline.Headers);
    }

    private Repairs Repair(HttpRequestOutline outline, Assumptions assumed, StoreAnswer answer, S3ErrorBody error, ref Uri? redirect)
    {
        // A HEAD has no body to say it, and a bucket elsewhere answers 301 or 400 with its region in a header.
        var region = answer.Header("x-amz-bucket-region") ?? error.Region;
        if (answer.Status is 301 or 400 or 403
            && region is not null && (_connection.TryMove(outline.Bucket, region) || region != assumed.Region))
            return Repairs.Region;

        if (answer.Status == 307 && Uri.TryCreate(answer.Header("Location"), UriKind.Absolute, out var location)
            && MayFollow(new Uri(_connection.AddressOf(outline.Bucket)), location))
        {
            redirect = location;
            return Repairs.Redirect;
        }

        if (IsSkewed(assumed, answer, error, out var offset))
        {
            Interlocked.Exchange(ref _clockOffsetTicks, offset.Ticks);
            return Repairs.Clock;
        }

        var expired = error.Code is "ExpiredToken" or "TokenRefreshRequired" or "ExpiredTokenException"
            || (outline.Method == HttpMethod.Head && answer.Status == 400);
        return expired && _connection.TryRenewKeys() ? Repairs.Keys : Repairs.None;
    }

    // A signed request carries the session token: it goes to the store's own domain or nowhere, and never from TLS to plain text.
    private static bool MayFollow(Uri from, Uri to)
        => (to.Scheme == Uri.UriSchemeHttps || (to.Scheme == Uri.UriSchemeHttp && to.Scheme == from.Scheme)) && Domain(from) == Domain(to);

    private static string Domain(Uri address)
        => address.HostNameType == UriHostNameType.Dns ? string.Join('.', address.IdnHost.Split('.').TakeLast(2)) : address.IdnHost;

    private bool IsSkewed(Assumptions assumed, StoreAnswer answer, S3ErrorBody error, out TimeSpan offset)
    {
        offset = default;
        if (answer.Status != 403 || error.Code is not (null or "RequestTimeTooSkewed"))
            return false;
        if ((error.ServerTime ?? answer.Date("Date")) is not { } serverTime)
            return false;
        offset = serverTime - _clock.GetUtcNow();
        return offset.Duration() < LongestSkew && (offset - assumed.ClockOffset).Duration() > SkewLimit;
    }

    /// <summary>What a request was signed by. Another one, refused at the same time, may have taught better since: that is no reason to give up.</summary>
    private sealed record Assumptions(string Region, TimeSpan ClockOffset);

    [Flags]
    private enum Repairs
    {
        None = 0,
        Region = 1,
        Clock = 2,
        Keys = 4,
        Redirect = 8,
    }
}
