"""framework_of_name: what names of libraries that serve several frameworks mean."""

import pytest

from pipeline.scan.api_uses import LIBRARIES
from tests.facts_of import Store

NAMES = {
    "pytorch": (
        "AutoModelForCausalLM BertModel BertPreTrainedModel LlamaForCausalLM GPT2LMHeadModel "
        "Trainer Seq2SeqTrainer TrainingArguments Seq2SeqTrainingArguments TrainerCallback AdamW "
        "get_linear_schedule_with_warmup get_scheduler StoppingCriteria StoppingCriteriaList "
        "LogitsProcessor LogitsProcessorList BitsAndBytesConfig modeling_bert "
        "modeling_bert.BertLayer modeling_outputs.SequenceClassifierOutput "
        "models.bert.modeling_bert models.t5.modeling_t5.T5Stack optimization optimization.AdamW "
        "trainer trainer_utils trainer_utils.EvalPrediction generation_utils AutoBackbone "
        "CLIPVisionModelWithProjection WhisperForConditionalGeneration BertModel.from_pretrained"
    ),
    "tensorflow": (
        "TFAutoModel TFBertModel TFTrainer TFTrainingArguments TFGPT2LMHeadModel "
        "modeling_tf_utils modeling_tf_bert.TFBertLayer models.bert.modeling_tf_bert "
        "models.bert.TFBertModel keras_callbacks TFBertModel.from_pretrained"
    ),
    "jax": (
        "FlaxAutoModel FlaxBertModel models.bert.modeling_flax_bert modeling_flax_utils "
        "FlaxT5ForConditionalGeneration FlaxAutoModel.from_pretrained"
    ),
    "none": (
        "AutoTokenizer BertTokenizer BertTokenizerFast PreTrainedTokenizer PreTrainedTokenizerBase "
        "BertConfig PretrainedConfig AutoConfig CLIPProcessor AutoProcessor ViTFeatureExtractor "
        "AutoImageProcessor BatchEncoding HfArgumentParser tokenization_bert "
        "models.bert.tokenization_bert.BertTokenizer configuration_bert set_seed logging "
        "utils.logging AutoTokenizer.from_pretrained"
    ),
}


@pytest.mark.parametrize(
    ("name", "framework"),
    [(name, framework) for framework, names in NAMES.items() for name in names.split()],
)
def test_names_of_transformers(store: Store, name: str, framework: str) -> None:
    assert of_name(store, f"transformers.{name}") == framework


@pytest.mark.parametrize(
    "name",
    [
        "transformers",
        "transformers.pipeline",
        "transformers.*",
        "mytransformers.BertModel",
        "imageai.Detection",
    ],
)
def test_names_that_tell_nothing(store: Store, name: str) -> None:
    assert of_name(store, name) is None


@pytest.mark.parametrize(
    ("name", "framework"),
    [
        ("foolbox.PyTorchModel", "pytorch"),
        ("foolbox.models.TensorFlowEagerModel", "tensorflow"),
        ("foolbox.JAXModel", "jax"),
        ("art.estimators.classification.PyTorchClassifier", "pytorch"),
        ("art.estimators.classification.TensorFlowV2Classifier", "tensorflow"),
        ("art.classifiers.KerasClassifier", "tensorflow"),
        ("imageai.Prediction", "tensorflow"),
        ("imageai.Prediction.Custom.ModelTraining", "tensorflow"),
    ],
)
def test_names_of_other_libraries(store: Store, name: str, framework: str) -> None:
    assert of_name(store, name) == framework


def test_the_scanner_keeps_the_names_of_every_library(store: Store) -> None:
    libraries = {library for (library,) in store.sql("select library from library_name").fetchall()}
    assert libraries <= LIBRARIES


def of_name(store: Store, name: str) -> str | None:
    rows = store.execute("select framework_of_name(?)", [name]).fetchall()
    return str(rows[0][0]) if rows[0][0] is not None else None
