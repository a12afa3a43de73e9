//! Asks an object store, by `object_store` for what is said and the program's own client of HTTP for how.

use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{TryStreamExt as _, stream};
use http_body_util::BodyExt as _;
use md5::{Digest as _, Md5};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpService,
};
use object_store::path::Path as Key;
use object_store::{
    Attribute, Attributes, ClientOptions, ObjectStore as _, ObjectStoreExt as _, PutOptions,
    RetryConfig,
};
use tokio::runtime::{Builder, Runtime};

use super::{Access, Listing, Place, Upload};

/// How long one request may take.
const TIMEOUT: Duration = Duration::from_mins(2);
/// How long a request is repeated.
const PATIENCE: Duration = Duration::from_mins(3);
/// The largest file that is sent.
const LARGEST: u64 = 5 << 30;
/// The largest answer that is read: a list of a thousand names.
const LARGEST_ANSWER: u64 = 16 << 20;

/// A store at a place.
#[derive(Debug)]
pub struct Store {
    objects: AmazonS3,
    runtime: Runtime,
    prefix: Key,
    parallel: usize,
}

/// The content of a file as a store calls it: the MD5 of its bytes.
pub fn hash(path: &Path) -> Result<String, String> {
    let bytes = read(path)?;
    Ok(format!("{:032x}", u128::from_be_bytes(Md5::digest(&bytes).into())))
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    crate::system::disk::read(path, LARGEST)
        .map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

impl Store {
    /// A store at a place.
    pub fn open(place: &Place, access: &Access) -> Result<Self, String> {
        let retry = RetryConfig {
            max_retries: access.retries,
            retry_timeout: PATIENCE,
            ..RetryConfig::default()
        };
        let mut builder = AmazonS3Builder::new();
        // As `AmazonS3Builder::from_env` reads them.
        for (name, value) in &access.variables {
            if let Ok(key) = name.to_ascii_lowercase().parse() {
                builder = builder.with_config(key, value);
            }
        }
        if let Some(endpoint) = &access.endpoint {
            builder =
                builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        let objects = builder
            .with_bucket_name(&place.bucket)
            .with_retry(retry)
            // Not every store that speaks S3 removes several files by one request.
            .with_disable_bulk_delete(true)
            .with_http_connector(Connector)
            .build()
            .map_err(|error| said(&error))?;
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(access.parallel.max(1))
            .enable_time()
            .build()
            .map_err(|error| error.to_string())?;
        let prefix = Key::parse(&place.prefix).map_err(|error| error.to_string())?;
        Ok(Self { objects, runtime, prefix, parallel: access.parallel.max(1) })
    }

    fn key(&self, name: &str) -> Result<Key, String> {
        let slash = if self.prefix.as_ref().is_empty() { "" } else { "/" };
        Key::parse(format!("{}{slash}{name}", self.prefix)).map_err(|error| error.to_string())
    }

    /// What is there.
    pub fn list(&self) -> Result<Listing, String> {
        let prefix = Some(&self.prefix).filter(|prefix| !prefix.as_ref().is_empty());
        let named = async {
            let all = self.objects.list(prefix).map_ok(|object| {
                let key = object.location.as_ref();
                let name = key[self.prefix.as_ref().len()..].trim_start_matches('/').to_owned();
                let tag = object.e_tag.unwrap_or_default();
                (name, (object.size, tag.trim_matches('"').to_ascii_lowercase()))
            });
            all.try_collect::<Listing>().await
        };
        self.runtime.block_on(named).map_err(|error| said(&error))
    }

    /// Puts files there, several at once; the first that fails stops the rest.
    pub fn put(&self, files: &[Upload], done: &(dyn Fn() + Sync)) -> Result<(), String> {
        let all = stream::iter(files.iter().map(Ok::<_, String>));
        let put = all.try_for_each_concurrent(self.parallel, |file| async move {
            let bytes = read(&file.path)?;
            let attributes: Attributes =
                [(Attribute::ContentType, file.kind), (Attribute::CacheControl, file.cache)]
                    .into_iter()
                    .collect();
            let options = PutOptions { attributes, ..PutOptions::default() };
            let sent = self.objects.put_opts(&self.key(&file.name)?, bytes.into(), options).await;
            sent.map_err(|error| format!("{}: {}", file.name, said(&error)))?;
            done();
            Ok(())
        });
        self.runtime.block_on(put)
    }

    /// Removes files, several at once.
    pub fn remove(&self, names: &[String]) -> Result<(), String> {
        let all = stream::iter(names.iter().map(Ok::<_, String>));
        let removed = all.try_for_each_concurrent(self.parallel, |name| async move {
            let gone = self.objects.delete(&self.key(name)?).await;
            match gone {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
                Err(error) => Err(format!("{name}: {}", said(&error))),
            }
        });
        self.runtime.block_on(removed)
    }
}

/// What an error says, with what is below it.
fn said(error: &dyn std::error::Error) -> String {
    const LONGEST: usize = 400;
    let text = error.to_string();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().take(LONGEST).collect()
}

/// Sends requests by the client that the program has anyway.
#[derive(Debug)]
struct Connector;

/// The same, connected.
#[derive(Debug)]
struct Client(Arc<ureq::Agent>);

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .user_agent(crate::system::net::USER_AGENT)
            .build();
        Ok(HttpClient::new(Client(Arc::new(config.into()))))
    }
}

#[async_trait::async_trait]
impl HttpService for Client {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (parts, body) = request.into_parts();
        let body = body.collect().await?.to_bytes();
        let agent = Arc::clone(&self.0);
        let asked = tokio::task::spawn_blocking(move || -> Result<HttpResponse, HttpError> {
            let request = ureq::http::Request::from_parts(parts, body.as_ref());
            let (parts, mut answer) = agent.run(request).map_err(failed)?.into_parts();
            let mut bytes = Vec::new();
            let reader = answer.as_reader();
            let read = reader.take(LARGEST_ANSWER).read_to_end(&mut bytes);
            read.map_err(|error| HttpError::new(HttpErrorKind::Interrupted, error))?;
            Ok(HttpResponse::from_parts(parts, bytes.into()))
        })
        .await;
        asked.map_err(|error| HttpError::new(HttpErrorKind::Unknown, error))?
    }
}

/// What may pass is tried again.
fn failed(error: ureq::Error) -> HttpError {
    let kind = match &error {
        ureq::Error::Timeout(_) => HttpErrorKind::Timeout,
        ureq::Error::Io(_) | ureq::Error::Protocol(_) => HttpErrorKind::Interrupted,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => HttpErrorKind::Connect,
        _ => HttpErrorKind::Unknown,
    };
    HttpError::new(kind, error)
}
