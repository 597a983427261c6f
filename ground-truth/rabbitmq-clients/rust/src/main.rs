//! A consumer or a producer of the Rust client, told what to do by its environment and its standard input. See ../README.md.

use std::env::var;
use std::io::BufRead;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use rabbitmq_stream_client::error::ClientError;
use rabbitmq_stream_client::types::{Message, OffsetSpecification, ResponseCode};
use rabbitmq_stream_client::{ConsumerBuilder, Environment, FilterConfiguration};

type Anything = Box<dyn std::error::Error + Send + Sync>;

fn told(key: &str) -> Option<String> {
    var(key).ok().filter(|value| !value.is_empty())
}

fn spec(text: &str) -> OffsetSpecification {
    let (kind, value) = text.split_once(' ').unwrap_or((text, ""));
    match kind {
        "first" => OffsetSpecification::First,
        "last" => OffsetSpecification::Last,
        "next" => OffsetSpecification::Next,
        "offset" => OffsetSpecification::Offset(value.parse().expect("an offset")),
        other => panic!("no such spec: {other}"),
    }
}

/// The lines of the standard input, read by a thread of their own.
fn lines() -> tokio::sync::mpsc::UnboundedReceiver<Vec<String>> {
    let (sender, receiver) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            let words = line.split(' ').map(str::to_string).collect();
            if sender.send(words).is_err() {
                break;
            }
        }
    });
    receiver
}

#[tokio::main]
async fn main() {
    println!("version rabbitmq-stream-client 0.11.0");
    let done = if std::env::args().nth(1).as_deref() == Some("produce") {
        produce().await
    } else {
        consume().await
    };
    if let Err(error) = done {
        println!("failed {error:?}");
    }
}

async fn environment() -> Result<Environment, Anything> {
    let port = told("PORT").map_or(5552, |port| port.parse().expect("a port"));
    Ok(Environment::builder().host("localhost").port(port).build().await?)
}

async fn builder(environment: &Environment, stream: &str) -> Result<ConsumerBuilder, Anything> {
    let mut builder = environment.consumer().name_optional(told("NAME"));
    if let Some(from) = told("FROM") {
        builder = builder.offset(spec(&from));
    }
    if told("RESUMES").is_some() {
        // As the tutorial does it: it asks through a consumer that it throws away.
        let first = environment.consumer().name_optional(told("NAME")).build(stream).await?;
        let mut stored = first.query_offset().await.unwrap_or(0);
        if stored > 0 {
            stored = stored.wrapping_add(1);
        }
        first.handle().close().await?;
        builder = builder.offset(OffsetSpecification::Offset(stored));
    }
    if told("SINGLE_ACTIVE").is_some() {
        builder = builder.enable_single_active_consumer(true);
        if told("STORE").is_some() {
            // As the client's example does it.
            builder = builder.consumer_update(move |active, context| async move {
                println!("active {active}");
                match context.client().query_offset(context.name(), &context.stream()).await {
                    Ok(offset) => OffsetSpecification::Offset(offset),
                    Err(ClientError::RequestError(ResponseCode::OffsetNotFound)) | Err(_) => OffsetSpecification::First,
                }
            });
        }
    }
    if let Some(value) = told("FILTER") {
        let keep = value.clone();
        let filter = FilterConfiguration::new(vec![value], false)
            .post_filter(move |message| message.data().is_some_and(|data| data == keep.as_bytes()));
        builder = builder.filter_input(Some(filter));
    }
    Ok(builder)
}

async fn consume() -> Result<(), Anything> {
    let environment = environment().await?;
    let stream = told("STREAM").expect("STREAM");
    let takes = Duration::from_millis(told("TAKES_MS").map_or(0, |ms| ms.parse().expect("ms")));
    let policy = told("STORE").unwrap_or_default();
    let every: u64 = policy.strip_prefix("every ").map_or(0, |n| n.parse().expect("a number"));
    let builder = builder(&environment, &stream).await?;
    let consumer = Arc::new(tokio::sync::Mutex::new(builder.build(&stream).await?));
    let handle = consumer.lock().await.handle();
    println!("ready");
    let mut commands = lines();
    let mut count = 0;
    loop {
        let mut consumer = consumer.lock().await;
        tokio::select! {
            delivery = consumer.next() => match delivery {
                None => { println!("closed"); break },
                Some(Err(error)) => println!("failed {error:?}"),
                Some(Ok(delivery)) => {
                    tokio::time::sleep(takes / 2).await;
                    println!("got {}", delivery.offset());
                    // As the tutorial does it: the first message, and every Nth behind it.
                    if every > 0 && count % every == 0 {
                        consumer.store_offset(delivery.offset()).await?;
                    }
                    count += 1;
                    tokio::time::sleep(takes / 2).await;
                }
            },
            command = commands.recv() => match command {
                None => break,
                Some(words) => match words[0].as_str() {
                    "store" => println!("stored {:?}", consumer.store_offset(words[1].parse()?).await),
                    "query" => println!("answer {:?}", consumer.query_offset().await),
                    "stop" => {
                        println!("stopped {:?}", handle.close().await);
                        break;
                    }
                    other => panic!("no such command: {other}"),
                },
            },
        }
    }
    Ok(())
}

async fn produce() -> Result<(), Anything> {
    let environment = environment().await?;
    let stream = told("STREAM").expect("STREAM");
    println!("ready");
    let mut commands = lines();
    // Named and unnamed producers are of different types.
    macro_rules! run {
        ($producer:ident) => {{
            while let Some(words) = commands.recv().await {
                match words[0].as_str() {
                    "publish" => {
                        let count: u64 = words[1].parse()?;
                        let first: Option<u64> = words.get(2).map(|id| id.parse()).transpose()?;
                        let message = |i| {
                            let builder = Message::builder().body(format!("m{i}"));
                            match first {
                                Some(first) => builder.publishing_id(first + i).build(),
                                None => builder.build(),
                            }
                        };
                        let messages = (0..count).map(message).collect();
                        for confirmed in $producer.batch_send_with_confirm(messages).await? {
                            println!("confirmed {} {}", confirmed.publishing_id(), confirmed.confirmed());
                        }
                    }
                    "stop" => {
                        $producer.close().await?;
                        println!("stopped");
                        break;
                    }
                    other => panic!("no such command: {other}"),
                }
            }
        }};
    }
    match told("NAME") {
        Some(name) => {
            let mut producer = environment.producer().name(&name).build(&stream).await?;
            run!(producer)
        }
        None => {
            let producer = environment.producer().build(&stream).await?;
            run!(producer)
        }
    }
    Ok(())
}
