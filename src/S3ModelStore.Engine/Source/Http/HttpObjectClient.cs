using System.Collections.Concurrent;
using System.Net;
using S3ModelStore.Engine.Errors;

namespace S3ModelStore.Engine.Source.Http;

/// <summary>
/// Our own GET and HEAD: header-signed requests over shared connections. A refusal that can be repaired (region, clock, token,
/// temporary redirect) is repaired and the request sent once more.
/// </summary>
internal sealed class HttpObjectClient : IDisposable
{
    private static readonly TimeSpan SkewLimit = TimeSpan.FromMinutes(5);
    // A machine without a battery wakes up in 1970; what is further off is no time at all, and cannot be written into a signature.
    private static readonly TimeSpan LongestSkew = TimeSpan.FromDays(100 * 365);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(5);
    private static readonly string UserAgent = "S3ModelStore/" + typeof(HttpObjectClient).Assembly.GetName().Version?.ToString(3);

    private readonly IStoreConnection _connection;
    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, SigV4Signer> _signers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, BucketAddress> _addresses = new(StringComparer.Ordinal);
    private long _clockOffsetTicks;

    public HttpObjectClient(IStoreConnection connection, HttpMessageHandler handler, TimeProvider clock)
    {
        _connection = connection;
        _http = new HttpMessageInvoker(handler, disposeHandler: false);
        _clock = clock;
    }

    /// <summary>How far the store's clock is ahead of ours, once it complained.</summary>
    public TimeSpan ClockOffset => TimeSpan.FromTicks(Interlocked.Read(ref _clockOffsetTicks));

    /// <returns>An answer with a status of 2xx; the caller owns it.</returns>
    /// <exception cref="ModelStoreException">Any other answer, or none.</exception>
    public HttpResponseMessage Send(HttpRequestOutline outline, CancellationToken cancellation)
    {
        var repairs = Repairs.None;
        Uri? redirect = null;
        while (true)
        {
            var assumed = new Assumptions(_connection.RegionOf(outline.Bucket), ClockOffset);
            using var request = Create(outline, assumed, redirect, cancellation);
            HttpResponseMessage response;
            try
            {
                response = _http.Send(request, cancellation);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                cancellation.ThrowIfCancellationRequested();
                throw StoreErrors.FromConnection(e, WireUri.Origin(request.RequestUri!), outline.Target);
            }

            if (response.IsSuccessStatusCode)
                return response;
            using (response)
            {
                var error = outline.Method == HttpMethod.Head
                    ? S3ErrorBody.Empty
                    : S3ErrorBody.Read(response.Content.ReadAsStream(cancellation), cancellation);
                var repair = Repair(outline, assumed, response, error, ref redirect);
                if (repair == Repairs.None || repairs.HasFlag(repair))
                    throw ErrorOf(outline, response, error, Keys(cancellation));
                repairs |= repair;
            }
        }
    }

    public void Dispose() => _http.Dispose();

    // Mostly known; sometimes a provider has to be asked, and every request waits for it.
    private SigV4Credentials? Keys(CancellationToken cancellation) => _connection.GetKeysAsync(cancellation).AsTask().GetAwaiter().GetResult();

    private static string? Header(HttpResponseMessage response, string name)
        => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private ModelStoreException ErrorOf(HttpRequestOutline outline, HttpResponseMessage response, S3ErrorBody error, SigV4Credentials? keys)
        => StoreErrors.FromAnswer(
            (int)response.StatusCode,
            ServerWords.Code(error.Code),
            ServerWords.Shown(error.Message, keys),
            outline.Target,
            error.RequestId ?? Header(response, "x-amz-request-id"),
            RetryAfter.Parse(Header(response, "Retry-After"), _clock.GetUtcNow(), LongestRetryAfter));

    private HttpRequestMessage Create(HttpRequestOutline outline, Assumptions assumed, Uri? redirect, CancellationToken cancellation)
    {
        var address = _addresses.GetOrAdd(_connection.AddressOf(outline.Bucket), BucketAddress.Parse);
        var (origin, host) = redirect is null ? (address.Origin, address.Host) : (WireUri.Origin(redirect), WireUri.HostHeader(redirect));
        var path = (redirect is null ? null : WireUri.RawPath(redirect)) ?? S3PathEncoder.Path(outline.Key is null ? address.PathPrefix.TrimEnd('/') : address.PathPrefix, outline.Key ?? string.Empty);
        if (path.Length == 0)
            path = "/";
        var request = new HttpRequestMessage(outline.Method, WireUri.Create(origin, path, outline.Query));
        // As text: typed headers are parsed, listed and written anew for every request.
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        // Bytes as they are stored: a proxy that compresses would break every range.
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        Sign(request, outline, assumed, host, path, cancellation);
        return request;
    }

    private void Sign(HttpRequestMessage request, HttpRequestOutline outline, Assumptions assumed, string host, string path, CancellationToken cancellation)
    {
        if (Keys(cancellation) is not { } keys)
        {
            foreach (var header in outline.Headers)
                request.Headers.TryAddWithoutValidation(header.Name, header.Value);
            return;
        }

        var signer = _signers.GetOrAdd(assumed.Region, region => new SigV4Signer(region));
        var toSign = new SigV4Request { Method = outline.Method.Method, Host = host, Path = path, Query = outline.Query, Headers = outline.Headers };
        signer.Sign(toSign, keys, _clock.GetUtcNow() + assumed.ClockOffset).AddTo(request.Headers, outline.Headers);
    }

    private Repairs Repair(HttpRequestOutline outline, Assumptions assumed, HttpResponseMessage response, S3ErrorBody error, ref Uri? redirect)
    {
        // A HEAD has no body to say it, and a bucket elsewhere answers 301 or 400 with its region in a header.
        var region = Header(response, "x-amz-bucket-region") ?? error.Region;
        if (response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.BadRequest or HttpStatusCode.Forbidden
            && region is not null && (_connection.TryMove(outline.Bucket, region) || region != assumed.Region))
            return Repairs.Region;

        if (response.StatusCode == HttpStatusCode.TemporaryRedirect && response.Headers.Location is { IsAbsoluteUri: true } location
            && MayFollow(new Uri(_connection.AddressOf(outline.Bucket)), location))
        {
            redirect = location;
            return Repairs.Redirect;
        }

        if (IsSkewed(assumed, response, error, out var offset))
        {
            Interlocked.Exchange(ref _clockOffsetTicks, offset.Ticks);
            return Repairs.Clock;
        }

        var expired = error.Code is "ExpiredToken" or "TokenRefreshRequired" or "ExpiredTokenException"
            || (outline.Method == HttpMethod.Head && response.StatusCode is HttpStatusCode.BadRequest);
        return expired && _connection.TryRenewKeys() ? Repairs.Keys : Repairs.None;
    }

    // A signed request carries the session token: it goes to the store's own domain or nowhere, and never from TLS to plain text.
    private static bool MayFollow(Uri from, Uri to)
        => (to.Scheme == Uri.UriSchemeHttps || to.Scheme == from.Scheme) && Domain(from) == Domain(to);

    private static string Domain(Uri address)
        => address.HostNameType == UriHostNameType.Dns ? string.Join('.', address.IdnHost.Split('.').TakeLast(2)) : address.IdnHost;

    private bool IsSkewed(Assumptions assumed, HttpResponseMessage response, S3ErrorBody error, out TimeSpan offset)
    {
        offset = default;
        if (response.StatusCode != HttpStatusCode.Forbidden || error.Code is not (null or "RequestTimeTooSkewed"))
            return false;
        if ((error.ServerTime ?? response.Headers.Date) is not { } serverTime)
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
