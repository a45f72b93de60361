using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Faults;
using S3ModelStore.TestServer.Recording;
using S3ModelStore.TestServer.Signing;

namespace S3ModelStore.TestServer.Protocol;

/// <summary>Takes a request from its first line to its answer: read, record, authorize, fault, serve.</summary>
internal sealed class RequestHandler
{
    private readonly S3TestServer _server;
    private readonly SignatureVerifier _verifier;
    private readonly BucketOperations _buckets;
    private readonly ObjectOperations _objects;
    private long _lastRequest;

    public RequestHandler(S3TestServer server)
    {
        _server = server;
        _verifier = new SignatureVerifier(server.Credentials, () => server.Now);
        _buckets = new BucketOperations(server);
        _objects = new ObjectOperations(server.Objects);
    }

    public async Task HandleAsync(HttpContext http)
    {
        // Left to itself, the web server tells the machine's time: clients learn a store's clock from this header.
        http.Response.Headers.Date = HeaderUtilities.FormatDate(_server.Now);
        if (S3Request.Read(http) is not { } request)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.BodyWriter.WriteAsync(XmlDocuments.Error(S3Error.InvalidUri, "", "0", S3Exchange.HostId));
            return;
        }

        using var record = _server.Log.Begin(request);
        try
        {
            await ServeAsync(request, record);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client hung up or the server ends: either way nobody is left to answer.
        }
    }

    private async Task ServeAsync(S3Request request, RequestRecord record)
    {
        var error = Authorize(request, record);
        if (error is null && request.Operation == S3Operation.Unknown)
            error = S3Error.NotImplemented;

        var faults = error is null ? _server.Faults.PlanFor(request) : FaultPlan.None;
        if (!ReferenceEquals(faults, FaultPlan.None))
            record.FaultApplied();

        if (_server.BytesPerSecondPerConnection is { } rate)
            faults = faults with { BytesPerSecond = Math.Min(rate, faults.BytesPerSecond ?? rate) };

        var requestId = Interlocked.Increment(ref _lastRequest).ToString("X16", CultureInfo.InvariantCulture);
        var exchange = new S3Exchange(request, _server.Objects, record, faults, requestId);
        if (error is not null)
        {
            await exchange.AnswerAsync(error);
            return;
        }

        foreach (var step in faults.BeforeAnswer)
        {
            if (await step(exchange))
                return;
        }

        var answer = await OperateAsync(exchange);
        foreach (var alteration in faults.Alterations)
            alteration(answer);

        await exchange.AnswerAsync(answer);
    }

    private S3Error? Authorize(S3Request request, RequestRecord record)
    {
        var policy = _server.Objects.Find(request.Bucket)?.Policy;
        var header = request.Header("Authorization");
        if (header is null)
            return policy?.AllowAnonymous == true ? null : S3Error.AccessDenied;

        var authorization = AuthorizationHeader.Parse(header);
        if (authorization is not null)
            record.SignedFor(authorization.Region);

        var region = policy?.Region ?? _server.Region;
        return _verifier.Verify(request, authorization, region, signed => policy?.WrongRegionAnswer == WrongRegionAnswer.Redirect
            ? S3Error.PermanentRedirect(request.Bucket, region)
            : S3Error.SignedForAnotherRegion(signed, region).WithHeader("x-amz-bucket-region", region));
    }

    private async ValueTask<Answer> OperateAsync(S3Exchange exchange)
    {
        var request = exchange.Request;
        if (request.Operation == S3Operation.CreateBucket)
            return _buckets.Create(request.Bucket);
        if (request.Operation == S3Operation.ListBuckets)
            return _buckets.ListBuckets();

        if (_server.Objects.Find(request.Bucket) is not { } bucket)
            return exchange.ErrorAnswer(S3Error.NoSuchBucket(request.Bucket));

        return request.Operation switch
        {
            S3Operation.ListObjects => _buckets.List(exchange, bucket),
            S3Operation.GetBucketLocation => _buckets.Location(bucket.Policy),
            S3Operation.HeadBucket => _buckets.Head(exchange, bucket.Policy),
            S3Operation.PutObject => await _objects.PutAsync(exchange),
            _ => _objects.Read(exchange, bucket),
        };
    }
}
